-- How many questions a person was asked on a day without having said anything: one budget over every wing.
CREATE TABLE unasked (
    person INTEGER PRIMARY KEY REFERENCES person(id),
    day TEXT NOT NULL,                           -- the community's date
    count INTEGER NOT NULL
);
