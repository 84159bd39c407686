"""stub"""
from __future__ import annotations

from pathlib import Path

from nlu.signs import find


def load(kind):
    for path in sorted(Path('tests/sentences/zh',kind).glob('*.txt')):
        lines=[l for l in path.read_text().splitlines() if l.strip() and not l.startswith('#')]
        for n,l in enumerate(lines,1):
            yield path.stem,n,l
if __name__=='__main__':
    for half in (1,0):
        tot=miss=wrongt=wrongf=0
        for fam,n,l in load('danger'):
            if n%2!=half: continue
            head,text=l.split(' | ',1); sign,tier=head.split()
            if '.' in sign: fam,sign=sign.split('.')
            got=find(text); tot+=1
            if not got: miss+=1
            elif tier!='?' and got[0].tier!=int(tier): wrongt+=1
            elif fam not in [g.family for g in got]: wrongf+=1
            if half==1:
                if not got: print('MISS',l)
                elif tier!='?' and got[0].tier!=int(tier): print('TIER',l,got)
                elif fam not in [g.family for g in got]: print('FAM',l,got)
        print('odd' if half else 'HELD',tot,'miss',miss,'tier',wrongt,'family',wrongf)
        tot=t1=t2=0
        for fam,n,l in load('lookalikes'):
            if n%2!=half: continue
            got=find(l); tot+=1
            if got:
                t1+=got[0].tier==1; t2+=got[0].tier==2
                if half==1: print('FALSE',l,got)
        print('odd' if half else 'HELD',tot,'tier1',t1,'tier2',t2)
