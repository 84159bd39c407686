"""The methods of the Bot API that a bot like ours uses, with their refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

import telegram

from .state import ApiError, ChatState, Dict, Post, State

Method: TypeAlias = Callable[[State, Dict, datetime], Any]
SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
DOWNLOAD_LIMIT = 20_000_000


def units(text: str) -> int:
    """UTF-16 units, the strictest way to count characters."""
    return len(text.encode("utf-16-le")) // 2


def reachable(state: State, params: Dict) -> ChatState:
    """The chat a message is for, or the refusal."""
    try:
        chat = state.chats.get(int(params.get("chat_id", 0)))
    except ValueError:
        chat = None
    if chat is None:
        raise ApiError(400, "Bad Request: chat not found")
    if chat.moved_to is not None:
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, text, migrate_to_chat_id=chat.moved_to)
    _refuse(chat)
    return chat


def _refuse(chat: ChatState) -> None:
    if chat.deactivated:
        raise ApiError(403, "Forbidden: user is deactivated")
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if chat.type == "private" and not chat.started:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    if chat.type != "private" and chat.member in ("left", "kicked"):
        raise ApiError(403, f"Forbidden: bot was kicked from the {chat.type} chat")
    if chat.type != "private" and not chat.may_send and chat.member != "administrator":
        raise ApiError(400, "Bad Request: not enough rights to send text messages to the chat")


def markup_of(params: Dict) -> tuple[list[list[tuple[str, str]]], list[list[str]]]:
    """Buttons and menu of a request; data of more than 64 bytes is refused."""
    markup = json.loads(params.get("reply_markup") or "{}")
    buttons = [[(key["text"], key["callback_data"]) for key in row] for row in markup.get("inline_keyboard", [])]
    if any(not 1 <= len(data.encode()) <= 64 for row in buttons for _, data in row):
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    menu = [[key["text"] if isinstance(key, dict) else key for key in row] for row in markup.get("keyboard", [])]
    return buttons, menu


def _text(params: Dict) -> str:
    text = str(params.get("text", ""))
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if units(text) > 4096:
        raise ApiError(400, "Bad Request: message is too long")
    return text


def send_message(state: State, params: Dict, now: datetime) -> Any:
    """A text."""
    return _posted(state, params, now, _text(params))


def send_file(kind: str) -> Method:
    """A file of some kind, uploaded."""

    def send(state: State, params: Dict, now: datetime) -> Any:
        caption = str(params.get("caption", ""))
        if units(caption) > 1024:
            raise ApiError(400, "Bad Request: message caption is too long")
        content = params.get(kind)
        if not isinstance(content, bytes) or not content:
            raise ApiError(400, "Bad Request: file must be non-empty")
        return _posted(state, params, now, caption, kind, content)

    return send


def _posted(state: State, params: Dict, now: datetime, text: str, file: str = "", content: bytes = b"") -> Any:
    chat = state.chats[int(params["chat_id"])]
    buttons, menu = markup_of(params)
    number = len(chat.posts) + 1
    post = Post(number, chat.id, state.bot.id, now, text, buttons, menu, file, content)
    chat.posts.append(post)
    return state.message(post, **({"caption": text or None} if file else {"text": text})).to_dict()


def edit_text(state: State, params: Dict, now: datetime) -> Any:
    """Another text and other buttons for a message of the bot."""
    chat = state.chats[int(params["chat_id"])]
    post = chat.post(int(params.get("message_id", 0)))
    text = _text(params)
    if post is None:
        raise ApiError(400, "Bad Request: message to edit not found")
    if post.sender != state.bot.id:
        raise ApiError(400, "Bad Request: message can't be edited")
    if post.file:
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    buttons, _ = markup_of(params)
    if (text, buttons) == (post.text, post.buttons):
        raise ApiError(400, SAME)
    post.text, post.buttons, post.edited, post.edits = text, buttons, now, post.edits + 1
    return state.message(post, text=text).to_dict()


def answer_press(state: State, params: Dict, now: datetime) -> Any:
    """A button stops turning."""
    query = str(params.get("callback_query_id"))
    if state.queries.get(query, True):
        text = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        raise ApiError(400, text)
    state.queries[query] = True
    return True


def get_me(state: State, params: Dict, now: datetime) -> Any:
    """The bot itself."""
    return state.bot.to_dict()


def get_chat(state: State, params: Dict, now: datetime) -> Any:
    """A chat with its permissions."""
    chat = state.chats.get(int(params["chat_id"]))
    if chat is None:
        raise ApiError(400, "Bad Request: chat not found")
    full = telegram.ChatFullInfo(
        chat.id,
        chat.type,
        accent_color_id=0,
        max_reaction_count=0,
        accepted_gift_types=telegram.AcceptedGiftTypes(False, False, False, False, False),
        title=chat.title,
        permissions=telegram.ChatPermissions(can_send_messages=chat.may_send),
    )
    return full.to_dict()


def get_member(state: State, params: Dict, now: datetime) -> Any:
    """What the bot is in a chat."""
    chat = state.chats.get(int(params["chat_id"]))
    if chat is None:
        raise ApiError(400, "Bad Request: chat not found")
    return member(state.bot, chat.member)


def member(user: telegram.User, status: str) -> Dict:
    """A chat member of that status."""
    if status == "administrator":
        rights = telegram.ChatAdministratorRights.no_rights().to_dict()
        return {"user": user.to_dict(), "status": status, "can_be_edited": False, **rights}
    if status == "kicked":
        return {"user": user.to_dict(), "status": "kicked", "until_date": 0}
    kinds = {"member": telegram.ChatMemberMember, "left": telegram.ChatMemberLeft}
    found: Dict = kinds[status](user).to_dict()
    return found


def set_webhook(state: State, params: Dict, now: datetime) -> Any:
    """From now on updates are brought."""
    state.webhook, state.secret = str(params.get("url", "")), str(params.get("secret_token", ""))
    return True


def delete_webhook(state: State, params: Dict, now: datetime) -> Any:
    """From now on updates are fetched."""
    state.webhook = ""
    return True


def get_file(state: State, params: Dict, now: datetime) -> Any:
    """Where a file can be fetched."""
    file_id = str(params.get("file_id"))
    if file_id not in state.files:
        raise ApiError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    path, content = state.files[file_id]
    if len(content) > DOWNLOAD_LIMIT:
        raise ApiError(400, "Bad Request: file is too big")
    return telegram.File(file_id, f"u{file_id}", len(content), path).to_dict()


def agree(state: State, params: Dict, now: datetime) -> Any:
    """Whatever it is, it is fine."""
    return True


SENDING: dict[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": send_file("photo"),
    "sendVoice": send_file("voice"),
    "sendDocument": send_file("document"),
    "editMessageText": edit_text,
}
"""Counted against the limits."""
OTHERS: dict[str, Method] = {
    "answerCallbackQuery": answer_press,
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_member,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getFile": get_file,
    "sendChatAction": agree,
    "setMyCommands": agree,
}
