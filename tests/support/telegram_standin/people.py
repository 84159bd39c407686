"""The people and groups of a test: what they do becomes updates for the bot."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import telegram

from .methods import member
from .state import ChatState, Dict, Post

if TYPE_CHECKING:
    from .server import Standin


@dataclass(frozen=True)
class Group:
    """A group chat; its id changes when it becomes a supergroup."""

    server: Standin
    key: int

    @property
    def state(self) -> ChatState:
        """As it is now."""
        chat = self.server.state.chats[self.key]
        return chat if chat.moved_to is None else self.server.state.chats[chat.moved_to]

    @property
    def id(self) -> int:
        """Its present chat id."""
        return self.state.id

    def bot_becomes(self, status: str, by: Person) -> None:
        """``member``, ``administrator``, ``left`` or ``kicked``, done by someone."""
        self.server.bot_becomes(self.state, status, by.user)

    def migrates(self, by: Person) -> int:
        """It becomes a supergroup: a new id, and a notice in both chats."""
        return _migrate(self.server, self.state, by)

    def loses(self, post: Post) -> None:
        """An administrator deletes a message; bots are not told."""
        with self.server.changed:
            post.deleted = True


@dataclass(frozen=True)
class Person:
    """Someone with a telephone."""

    server: Standin
    user: telegram.User

    @property
    def id(self) -> int:
        """Their user id, which is also their private chat's."""
        return self.user.id

    @property
    def state(self) -> ChatState:
        """Their private chat with the bot."""
        return self.server.state.chats[self.id]

    def says(self, text: str, chat: Group | None = None, reply_to: Post | None = None) -> Post:
        """A line of text."""
        return self._posts(chat, {"text": text}, text=text, reply_to=reply_to.id if reply_to else None)

    def replies(self, message: Post, text: str) -> Post:
        """An answer to one message, in its chat."""
        group = None if message.chat == self.id else Group(self.server, message.chat)
        return self.says(text, group, message)

    def edits(self, post: Post, text: str) -> Post:
        """Another wording for what was said."""
        with self.server.changed:
            post.text, post.edited = text, self.server.now()
            content = self.server.state.message(post, text=text).to_dict()
        post.update_id = self.server.push("edited_message", content)
        return post

    def presses(self, label: str, chat: Group | None = None, message: Post | None = None) -> str:
        """The newest button with that label; returns the press's id."""
        where = chat.state if chat else self.state
        posts = [message] if message else [post for post in reversed(where.posts) if not post.deleted]
        for post in posts:
            for shown, data in (button for row in post.buttons for button in row):
                if shown == label:
                    return self.forges(data, post)
        raise LookupError(f"no button {label}; there are {[post.labels for post in posts if post.labels]}")

    def forges(self, data: str, post: Post) -> str:
        """A press with any data, as a modified client can send it."""
        query = uuid.uuid4().hex
        message = self.server.state.message(post, text=post.text or None)
        press = telegram.CallbackQuery(query, self.user, str(post.chat), message=message, data=data)
        self.server.state.queries[query] = False
        self.server.push("callback_query", press.to_dict())
        return query

    def sends_voice(
        self,
        content: bytes,
        chat: Group | None = None,
        seconds: int = 3,
        size: int | None = None,
        reply_to: Post | None = None,
    ) -> Post:
        """A voice note; ``size`` is what Telegram announces when it is not the truth."""
        file_id, unique = self.server.upload(content, "voice", ".oga")
        voice = telegram.Voice(file_id, unique, seconds, "audio/ogg", len(content) if size is None else size)
        return self._posts(
            chat, {"voice": voice}, file="voice", content=content, reply_to=reply_to.id if reply_to else None
        )

    def sends_audio(self, content: bytes, name: str = "a.m4a", chat: Group | None = None) -> Post:
        """A sound file."""
        file_id, unique = self.server.upload(content, "music", "." + name.rpartition(".")[2])
        audio = telegram.Audio(file_id, unique, 3, file_name=name, mime_type="audio/mp4", file_size=len(content))
        return self._posts(chat, {"audio": audio}, file="audio", content=content)

    def sends_photo(
        self, content: bytes = b"jpeg", caption: str = "", chat: Group | None = None, album: str | None = None
    ) -> Post:
        """A photograph, in two sizes."""
        sizes = []
        for edge, part in ((90, content[:1]), (1280, content)):
            file_id, unique = self.server.upload(part, "photos", ".jpg")
            sizes.append(telegram.PhotoSize(file_id, unique, edge, edge, len(part)))
        body = {"photo": sizes, "caption": caption or None, "media_group_id": album}
        return self._posts(chat, body, caption, file="photo", content=content)

    def sends_album(self, count: int, caption: str = "", chat: Group | None = None) -> list[Post]:
        """Several photographs at once: an update for each, the words under the first."""
        album = uuid.uuid4().hex
        return [self.sends_photo(b"jpeg%d" % at, "" if at else caption, chat, album) for at in range(count)]

    def sends_file(
        self, kind: str, caption: str = "", chat: Group | None = None, name: str = "a.bin", mime: str | None = None
    ) -> Post:
        """A ``video``, an ``animation`` or a ``document`` with words under it."""
        file_id, unique = self.server.upload(b"content", "files", "." + name.rpartition(".")[2])
        file = {
            "video": lambda: telegram.Video(file_id, unique, 640, 480, 3, file_size=7),
            "animation": lambda: telegram.Animation(file_id, unique, 640, 480, 3, file_size=7),
            "document": lambda: telegram.Document(file_id, unique, file_name=name, mime_type=mime, file_size=7),
        }[kind]()
        body = {kind: file, "caption": caption or None}
        return self._posts(chat, body, caption, file=kind, content=b"content")

    def sends_document(self, content: bytes, name: str, mime: str, chat: Group | None = None) -> Post:
        """Any file."""
        file_id, unique = self.server.upload(content, "documents", "." + name.rpartition(".")[2])
        document = telegram.Document(file_id, unique, file_name=name, mime_type=mime, file_size=len(content))
        return self._posts(chat, {"document": document}, file="document", content=content)

    def sends_location(self, latitude: float, longitude: float, chat: Group | None = None) -> Post:
        """Where they are."""
        return self._posts(chat, {"location": telegram.Location(longitude, latitude)})

    def sends_sticker(self, chat: Group | None = None) -> Post:
        """A sticker."""
        file_id, unique = self.server.upload(b"sticker", "stickers", ".webp")
        sticker = telegram.Sticker(file_id, unique, 512, 512, False, False, "regular")
        return self._posts(chat, {"sticker": sticker})

    def forwards(self, post: Post, chat: Group | None = None) -> Post:
        """Someone else's text passed on; buttons do not come along."""
        source = self.server.state.bot if post.sender == self.server.state.bot.id else self.user
        origin = telegram.MessageOriginUser(post.date, source)
        return self._posts(chat, {"text": post.text, "forward_origin": origin}, text=post.text)

    def blocks(self) -> None:
        """Stops the bot."""
        self.state.blocked = True
        self.server.bot_becomes(self.state, "kicked", self.user)

    def unblocks(self) -> None:
        """Lets the bot write again."""
        self.state.blocked = False
        self.server.bot_becomes(self.state, "member", self.user)

    def _posts(self, chat: Group | None, body: Dict, text: str = "", **shown: Any) -> Post:
        state = chat.state if chat else self.state
        with self.server.changed:
            state.started = True
            post = Post(len(state.posts) + 1, state.id, self.id, self.server.now(), text, **shown)
            state.posts.append(post)
            message = self.server.state.message(post, **body).to_dict()
        if _sees(self.server, state, post):
            post.update_id = self.server.push("message", message)
        return post


def membership(chat: ChatState, user: telegram.User, bot: telegram.User, now: Any, before: str, after: str) -> Dict:
    """The update that tells what the bot became."""
    return {
        "chat": chat.json().to_dict(),
        "from": user.to_dict(),
        "date": int(now.timestamp()),
        "old_chat_member": member(bot, before),
        "new_chat_member": member(bot, after),
    }


def _sees(server: Standin, chat: ChatState, post: Post) -> bool:
    """Whether blocking, membership and privacy mode let the bot see a message of a chat."""
    if chat.type == "private":
        return not chat.blocked
    if chat.member in ("left", "kicked"):
        return False
    if not server.state.privacy or chat.member == "administrator":
        return True
    answered = chat.post(post.reply_to) if post.reply_to is not None else None
    mentioned = f"@{server.state.bot.username}".lower() in post.text.lower()
    return post.text.startswith("/") or mentioned or bool(answered and answered.sender == server.state.bot.id)


def _migrate(server: Standin, chat: ChatState, by: Person) -> int:
    """A group becomes a supergroup: the old id is refused from now on, a notice stands in both."""
    new = -1000000000000 + chat.id
    server.state.chats[new] = ChatState(new, "supergroup", chat.title, member=chat.member)
    notices = ((chat, {"migrate_to_chat_id": new}), (server.state.chats[new], {"migrate_from_chat_id": chat.id}))
    for here, notice in notices:
        post = Post(len(here.posts) + 1, here.id, by.id, server.now())
        here.posts.append(post)
        server.push("message", server.state.message(post, **notice).to_dict())
    chat.moved_to = new
    return new
