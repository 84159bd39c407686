"""What the stand-in knows: chats, members, messages, files, and everything it was asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

import telegram

Dict: TypeAlias = dict[str, Any]


class ApiError(Exception):
    """A refusal in the words of the Bot API."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Dict:
        """The JSON of the refusal."""
        body: Dict = {"ok": False, "error_code": self.code, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


@dataclass(frozen=True)
class Call:
    """One request as it came in, and what became of it."""

    at: datetime
    wall: float
    method: str
    params: Dict
    status: int = 0
    fault: str = ""
    raw_path: str = ""
    multipart: bool = False

    @property
    def chat(self) -> int | None:
        """The chat it was for, if it named one."""
        return int(self.params["chat_id"]) if "chat_id" in self.params else None


@dataclass(frozen=True)
class Sent:
    """A message or an edit of the bot that went through."""

    at: datetime
    wall: float
    chat: int
    message_id: int
    method: str
    text: str


@dataclass
class Post:
    """A message as a chat shows it."""

    id: int
    chat: int
    sender: int
    date: datetime
    text: str = ""
    buttons: list[list[tuple[str, str]]] = field(default_factory=list)
    menu: list[list[str]] = field(default_factory=list)
    file: str = ""
    """Its kind: ``photo``, ``voice``, ``document`` …"""
    content: bytes = b""
    reply_to: int | None = None
    edited: datetime | None = None
    edits: int = 0
    deleted: bool = False
    update_id: int | None = None
    """The update that told the bot, when it was told."""

    @property
    def labels(self) -> list[str]:
        """The labels of its buttons."""
        return [label for row in self.buttons for label, _ in row]


@dataclass
class ChatState:
    """A private chat, a group or a supergroup."""

    id: int
    type: str
    title: str = ""
    posts: list[Post] = field(default_factory=list)
    member: str = "member"
    """What the bot is there: ``member``, ``administrator``, ``restricted``, ``left`` or ``kicked``."""
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    may_send: bool = True
    moved_to: int | None = None

    def json(self) -> telegram.Chat:
        """The library's own chat."""
        if self.type == "private":
            return telegram.Chat(self.id, self.type, first_name=self.title)
        return telegram.Chat(self.id, self.type, title=self.title)

    def post(self, number: int) -> Post | None:
        """The message of that number, unless it was deleted."""
        return next((post for post in self.posts if post.id == number and not post.deleted), None)


@dataclass
class State:
    """One bot's whole world."""

    bot: telegram.User
    chats: dict[int, ChatState] = field(default_factory=dict)
    users: dict[int, telegram.User] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """file_id → path and content."""
    queries: dict[str, bool] = field(default_factory=dict)
    """Presses: id → answered."""
    sent: list[Sent] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    privacy: bool = True
    webhook: str = ""
    secret: str = ""

    def message(self, post: Post, **content: Any) -> telegram.Message:
        """A message in the library's own words."""
        chat = self.chats[post.chat]
        sender = self.bot if post.sender == self.bot.id else self.users[post.sender]
        answered = chat.post(post.reply_to) if post.reply_to is not None else None
        return telegram.Message(
            post.id,
            post.date,
            chat.json(),
            from_user=sender,
            edit_date=post.edited,
            reply_to_message=self.message(answered, text=answered.text) if answered else None,
            **content,
        )
