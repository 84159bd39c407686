import sys
from collections import defaultdict
from pathlib import Path
from tests.conftest import say
from tests.test_one_line import profiled, ROOT, ROOMS
async def test_trace(stage, monkeypatch):
    await say(stage, "李大爷", "你好")
    seen = defaultdict(set)
    def entered(frame, event, arg):
        p = Path(frame.f_code.co_filename)
        if event == "call" and p.is_relative_to(ROOT):
            b = frame.f_back
            while b and not (Path(b.f_code.co_filename).is_relative_to(ROOT)): b = b.f_back
            who = (str(Path(b.f_code.co_filename).relative_to(ROOT)) + ":" + b.f_code.co_name) if b else "-"
            seen[str(p.relative_to(ROOT))].add((frame.f_code.co_name, who))
    await profiled(stage, entered)
    sent = await say(stage, "王奶奶", "厨房水管漏水了")
    await profiled(stage, None)
    with open("/tmp/fl/trace.txt", "w") as f:
        for m in sorted(seen):
            if m.split("/")[0] in ROOMS and not m.startswith("bot/replay"):
                f.write(m + "\n")
                for fn, who in sorted(seen[m]):
                    f.write(f"      {fn}  <- {who}\n")
