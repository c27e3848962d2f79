"""Compile a marked-up fictional document (.mk) to SOURCE.txt + SOURCE.gold.json, and verify the gold.
Markup: {tag¦field¦field…}, nestable. See the table in compile(). Only insertion of white space is done by layout, so spans map exactly."""
import json, re, sys, pathlib
from decimal import Decimal
DIG = '0-9０-９'
CNN = '零〇一二两兩三四五六七八九十百千'
NUM = rf'(?:[{DIG}]+(?:,[{DIG}]{{3}})*(?:[.．][{DIG}]+)?|[{CNN}]+)'
TOK = re.compile(rf'^({NUM})(余|多|餘)?([%％]?)(?:(至|到|~|～|—|–|-)({NUM}))?(余|多|餘)?(万亿|万|亿|萬|億)?(余|多|餘)?(.*)$', re.S)
SCALE = {None: 1, '': 1, '万': 10**4, '萬': 10**4, '亿': 10**8, '億': 10**8, '万亿': 10**12}
TRAD = str.maketrans('個項條戶億萬畝噸處間張級類輛種場頓檔餘隻臺號點業電視', '个项条户亿万亩吨处间张级类辆种场顿档余只台号点业电视')

def cn2int(s):
    d = {c: i for i, c in enumerate('零一二三四五六七八九')}; d.update({'〇': 0, '两': 2, '兩': 2})
    u = {'十': 10, '百': 100, '千': 1000}
    tot = cur = 0
    for c in s:
        if c in d: cur = d[c]
        else: tot += (cur or 1) * u[c]; cur = 0
    return tot + cur

def num(s):
    s = s.translate(str.maketrans('０１２３４５６７８９．', '0123456789.')).replace(',', '')
    if re.match(r'^[0-9.]+$', s): return Decimal(s)
    whole, _, part = s.partition('点')      # 六点三
    return Decimal(f"{cn2int(whole)}.{''.join(str(cn2int(c)) for c in part)}" if part else cn2int(whole))

def dstr(d):
    s = format(d.normalize(), 'f')
    return s

def parse_token(t):
    t = re.sub(r'\s', '', t)
    if t.startswith('百分之'):
        n = num(t[3:]); return dict(value=dstr(n), value_max=None, unit='%', written_value=t[3:], written_unit='百分之', qual=None, kind='percent')
    m = TOK.match(t); assert m, t
    n1, q1, pc, sep, n2, q2, sc, q3, unit = m.groups()
    if pc and not unit and not n2: unit = pc
    if pc and n2 and unit in ('%', '％'): pass
    assert unit, ('no unit', t)
    k = SCALE[sc]
    u = unit.translate(TRAD).replace('％', '%')
    wu = (sc or '') + unit
    if u.startswith('个') and len(u) > 1: u = u[1:]
    alt = None
    if u == '大': u, alt = '个', ['大']
    kind = 'money' if u == '元' else 'percent' if u == '%' else 'percentage_point' if u == '百分点' else \
        'duration' if u in ('天', '日', '月', '年', '小时', '工作日', '分钟', '周') else 'count'
    return dict(value=dstr(num(n1) * k), value_max=dstr(num(n2) * k) if n2 else None, unit=u, unit_alt=alt, written_value=n1 + (sep + n2 if n2 else ''),
                written_unit=wu, qual=(q1 or q2 or q3), kind=kind)

class Node:
    def __init__(s, tag, fields): s.tag, s.fields = tag, fields

def parse(src):
    """-> list of str | Node(tag, [list-of-(str|Node) …])"""
    i = 0
    def seq(stop):
        nonlocal i
        out, buf = [], ''
        while i < len(src):
            c = src[i]
            if c == '{':
                if buf: out.append(buf); buf = ''
                i += 1
                m = re.compile(r'[A-Za-z/0-9]+').match(src, i); tag = m.group(0); i = m.end()
                fields = []
                while src[i] == '¦':
                    i += 1; fields.append(seq('¦}'))
                assert src[i] == '}', ('unclosed', src[max(0, i-60):i+5]); i += 1
                out.append(Node(tag, fields)); continue
            if c in stop: break
            buf += c; i += 1
        if buf: out.append(buf)
        return out
    r = seq('')
    assert i == len(src)
    return r

def plain(f):
    return ''.join(x if isinstance(x, str) else plain(x.fields[0]) if x.fields else '' for x in f)

CIRC = '①②③④⑤⑥⑦⑧⑨⑩'
def pathnum(n):
    n = n.strip().replace('(', '（').replace(')', '）')
    return re.sub(r'[、.．,，:：\s]+$', '', n)

def compile_doc(text, meta, layout):
    T = []; pos = 0
    spaced = set(); breaks = {}
    G = dict(quantities=[], citations=[], dates=[], claims=[], totals=[], notq=[])
    secs = []; rows = []; meas = []; finds = []; stats = []; ends = []
    def emit(s):
        nonlocal pos
        T.append(s); pos += len(s)
    def walk(items):
        for x in items:
            if isinstance(x, str): emit(x)
            else: node(x)
    def kv(fields):
        d, rest = {}, []
        for f in fields:
            s = plain(f)
            if re.match(r'^[a-z]+=', s): k, v = s.split('=', 1); d[k] = v
            elif s == 'opt': d['opt'] = True
            else: rest.append(s)
        return d, rest
    def node(n):
        t, F = n.tag, n.fields; a = pos
        if t == 'q':
            walk(F[0]); d, rest = kv(F[1:]); b = pos
            p = parse_token(plain(F[0]))
            labs = rest[0].split('/')
            e = dict(text=re.sub(r'\s', '', plain(F[0])), label=labs[0], label_alt=labs[1:], value=d.get('v', p['value']), value_max=p['value_max'],
                     unit=d.get('u', p['unit']), written_value=p['written_value'], written_unit=p['written_unit'], kind=d.get('kd', p['kind']),
                     qualifier=d.get('ql', p['qual']), change=d.get('ch'), period=d.get('p'), applies_to=[s for s in d.get('a', '').split(',') if s], span=[a, b])
            if d.get('ua') or p.get('unit_alt'): e['unit_alt'] = d.get('ua', '').split(',') if d.get('ua') else p['unit_alt']
            if 'pa' in d: e['period_alt'] = [None if s == '-' else s for s in d['pa'].split(',')]
            if 'cha' in d: e['change_alt'] = [None if s == '-' else s for s in d['cha'].split(',')]
            if 'qla' in d: e['qualifier_alt'] = [None if s == '-' else s for s in d['qla'].split(',')]
            if d.get('opt'): e['optional'] = True
            if 'n' in d: e['note'] = d['n']
            G['quantities'].append(e)
            if 't' in d:
                tl = d['t'].split('/'); o = tl[0].endswith('?'); tl[0] = tl[0].rstrip('?')
                g = dict(label=tl[0], label_alt=tl[1:], value=e['value'], unit=e['unit'], text=e['text'], span=[a, b])
                if o: g['optional'] = True
                G['totals'].append(g)
        elif t == 'd':
            walk(F[0]); d, rest = kv(F[1:])
            e = dict(text=re.sub(r'\s', '', plain(F[0])), start=rest[0], end=(rest[1] or None) if len(rest) > 1 else None, role=(rest[2] or None) if len(rest) > 2 else None, span=[a, pos])
            if 'sa' in d: e['start_alt'] = d['sa'].split(',')
            if 'ea' in d: e['end_alt'] = [None if s == '-' else s for s in d['ea'].split(',')]
            if d.get('opt'): e['optional'] = True
            G['dates'].append(e)
        elif t == 'c':
            walk(F[0]); d, rest = kv(F[1:]); s = plain(F[0]); assert s[0] == '《' and s[-1] == '》', s
            v = (rest[0] or '').split('/')
            e = dict(title=re.sub(r'\s', '', s[1:-1]), verb=v[0] or None, verb_alt=[x if x != '-' else None for x in v[1:]], role=rest[1].split('/')[0], span=[a, pos])
            if '/' in rest[1]: e['role_alt'] = rest[1].split('/')[1:]
            if d.get('opt'): e['optional'] = True
            G['citations'].append(e)
        elif t == 'k':
            walk(F[0]); d, rest = kv(F[1:])
            e = dict(text=re.sub(r'\s', '', plain(F[0])), status=rest[0], span=[a, pos])
            if d.get('opt'): e['optional'] = True
            if 'sa' in d: e['status_alt'] = d['sa'].split(',')
            G['claims'].append(e)
        elif t == 'x':
            walk(F[0]); G['notq'].append(dict(text=re.sub(r'\s', '', plain(F[0])), reason=plain(F[1]), span=[a, pos]))
        elif t in ('s1', 's2', 's3', 's4'):
            walk(F[0]); nb = pos; tb = pos; walk(F[1]); d, rest = kv(F[2:])
            raw = plain(F[1])
            e = dict(number=plain(F[0]).strip(), level=int(t[1]), title=re.sub(r'\s', '', raw) or None, start=a, nb=nb, children=[])
            if 'ta' in d: e['title_alt'] = d['ta'].split('/')
            secs.append(e)
        elif t == 'f':
            walk(F[0]); d, rest = kv(F[1:])
            e = dict(title=re.sub(r'\s', '', plain(F[0])), tpos=a, tend=pos)
            if 'ta' in d: e['title_alt'] = d['ta'].split('/')
            if 'path' in d: e['path'] = d['path']
            finds.append(e)
        elif t == 'row':
            walk(F[0]); rows.append([a, pos])
        elif t == 'm':
            walk(F[0]); meas.append(dict(number=plain(F[0]).strip(), start=a, nb=pos, end=None))
        elif t == 'M':
            m = dict(number=plain(F[0]).strip() or None, start=a, nb=a + len(plain(F[0])), end=0); walk(F[0]); walk(F[1]); m['end'] = pos; meas.append(m)
        elif t == 'st':
            walk(F[0]); d, rest = kv(F[1:])
            stats.append(dict(at=a, status=re.sub(r'\s', '', plain(F[0])), cls=rest[0], alt=d.get('sa', '').split('/') if d.get('sa') else []))
        elif t == 'sp':
            walk(F[0]); spaced.update(range(a, pos - 1))
        elif t == 'br': breaks[pos] = '\n'       # a line break that the layout put there, not the writer
        elif t == 'gap': breaks[pos] = '\n\n'    # the same with a blank line: a column or page edge
        elif t == 'end': ends.append(pos)
        elif t == '/m': meas[-1]['end'] = pos
        else: raise ValueError(t)
    walk(parse(text))
    base = ''.join(T)
    def rstrip(a, b):
        marks = '#-' if meta.get('ext') == 'md' else ''      # those of the next Markdown heading or list item
        while b > a and (base[b-1].isspace() or base[b-1] in marks): b -= 1
        return b
    for r in rows:                      # a row may begin with empty (merged) cells: spans begin on a character
        while base[r[0]].isspace(): r[0] += 1
    # ---- sections
    N = len(base)
    for i, s in enumerate(secs):
        e = N
        for t in secs[i+1:]:
            if t['level'] <= s['level']: e = t['start']; break
        for x in ends:
            if s['start'] < x < e: e = x
        s['span'] = [s['start'], rstrip(s['start'], e)]
    stack, top = [], []
    for s in secs:
        while stack and stack[-1]['level'] >= s['level']: stack.pop()
        while stack and stack[-1]['span'][1] <= s['start']: stack.pop()
        s['path'] = (stack[-1]['path'] if stack else '') + pathnum(s['number'])
        (stack[-1]['children'] if stack else top).append(s); stack.append(s)
    def sec_at(p):
        c = None
        for s in secs:
            if s['span'][0] <= p < s['span'][1] and (c is None or s['span'][0] >= c['span'][0]): c = s
        return c
    # ---- findings
    for f in finds:
        r = [r for r in rows if r[0] <= f['tpos'] < r[1]]
        if r: f['span'] = r[0]; f.setdefault('path', (sec_at(f['tpos']) or {'path': ''})['path'])
        else:
            s = sec_at(f['tpos']); f['span'] = list(s['span']); f.setdefault('path', s['path'])
        f['measures'] = []; f['status'] = f['status_class'] = None
    def find_at(p):
        c = None
        for f in finds:
            if f['span'][0] <= p < f['span'][1] and (c is None or f['span'][0] >= c['span'][0]): c = f
        return c
    for i, m in enumerate(meas):
        f = find_at(m['start']); m['f'] = f
        if m['end'] is None:
            if f is not None: e = f['span'][1]
            else:
                s = sec_at(m['start']); e = s['span'][1] if s else N
            if i + 1 < len(meas): e = min(e, meas[i+1]['start'])
            for s in secs:
                if m['start'] < s['start'] < e: e = s['start']
            m['end'] = e
        m['span'] = [m['start'], rstrip(m['start'], m['end'])]
        par = f['path'] if f is not None else (sec_at(m['start']) or {'path': ''})['path']
        m['path'] = par + pathnum(m['number'] or '')
        if f is not None: f['measures'].append(m)
    for s in stats:
        f = find_at(s['at']); assert f is not None, s
        f['status'], f['status_class'] = s['status'], s['cls']; f['status_alt'] = s['alt']
    def path_at(p):
        for m in meas:
            if m['span'][0] <= p < m['span'][1]: return m['path']
        f = find_at(p)
        s = sec_at(p)
        if f is not None and (s is None or f['span'][0] > s['span'][0]): return f['path']
        return s['path'] if s else ''
    # ---- layout
    ins = [''] * (N + 1)       # inserted before base char i
    if layout.get('wrap'):
        widths = layout['wrap'] if isinstance(layout['wrap'], list) else [layout['wrap']]    # paragraphs take turns
        P = layout.get('page', 30); col = 0; line = 0; para = 0
        isd = lambda c: c.isascii() and (c.isdigit() or c in '.%')
        for i, c in enumerate(base):
            if c == '\n':
                col = 0; para += 1; line += 1
                if not (i and base[i-1] == '\n'): ins[i] += '\n'      # blank line between paragraphs
                continue
            add = ''; W = widths[para % len(widths)]
            if i in breaks:
                ins[i] += breaks[i]; line += 1; col = 0.5 if c.isascii() else 1
                continue
            if i and base[i-1] != '\n':
                pc = base[i-1]
                if layout.get('digits') and para % 3 != 2 and (isd(pc) != isd(c)) and (pc.isascii() == False or c.isascii() == False) and not c in '，。、；：）》”' and not pc in '（《“、，；：':
                    add = ' '
                w = 0.5 if c.isascii() else 1
                room = w + 1 if layout.get('tidy') and c in '（《“〈' else w      # an opening bracket never ends a line
                if col + room > W and not (isd(pc) and isd(c)) and c not in '，。、；：）》〉”％%':
                    line += 1; add = '\n'; col = 0
                    if line % P == 0 or (layout.get('quote_gap') and c in '“《'): add = '\n\n'
            ins[i] += add
            col += (0.5 if c.isascii() else 1) + 0.5 * add.count(' ') + (0.5 if layout.get('tidy') and i in spaced else 0)
    for i in spaced:
        digits = base[i].isascii() and base[i].isdigit() and base[i+1].isdigit()      # these stay together
        if not digits and not (layout.get('tidy') and '\n' in ins[i+1]): ins[i+1] += ' '
    out, mp = [], [0] * (N + 1); q = 0
    for i in range(N):
        out.append(ins[i]); q += len(ins[i]); mp[i] = q; out.append(base[i]); q += 1
    raw = ''.join(out); mp[N] = len(raw)
    S = lambda sp: [mp[sp[0]], mp[sp[1]-1] + 1]
    clean = lambda s: re.sub(r'\s', '', s)
    def sec_out(s):
        d = dict(number=s['number'], level=s['level'], title=s['title'], span=S(s['span']), children=[sec_out(c) for c in s['children']])
        if s.get('title_alt'): d['title_alt'] = s['title_alt']
        return d
    g = {'schema': 'gongwen/1'}
    g.update({k: meta[k] for k in ('kind', 'title', 'issuer', 'issued_on')})
    for k in ('title_alt', 'issuer_alt', 'issued_on_alt', 'must_be_null', 'kind_alt'):
        if k in meta: g[k] = meta[k]
    ik = ('kind', 'authority', 'team', 'round', 'party', 'started_on', 'ended_on', 'feedback_on'); ck = ('phone', 'email', 'postcode', 'address', 'addressee')
    g['inspection'] = {k: meta.get('inspection', {}).get(k) for k in ik}; g['inspection'].update({k: v for k, v in meta.get('inspection', {}).items() if k.endswith('_alt')})
    g['contact'] = {k: meta.get('contact', {}).get(k) for k in ck}; g['contact'].update({k: v for k, v in meta.get('contact', {}).items() if k.endswith('_alt')})
    g['sections'] = [sec_out(s) for s in top]
    g['findings'] = []
    for f in finds:
        d = dict(path=f['path'], title=f['title'], status=f['status'], status_class=f['status_class'], span=S(f['span']),
                 measures=[dict(path=m['path'], number=m['number'], text=clean(base[m['span'][0]:m['span'][1]]), span=S(m['span'])) for m in f['measures']])
        if f.get('title_alt'): d['title_alt'] = f['title_alt']
        if f.get('status_alt'): d['status_alt'] = f['status_alt']
        g['findings'].append(d)
    for k in ('quantities', 'citations', 'claims'):
        g[k] = []
        for e in G[k]:
            e = dict(e); a0 = e['span'][0]; e['path'] = path_at(a0)
            if not any(m['span'][0] <= a0 < m['span'][1] for m in meas):
                s0 = sec_at(a0); z = base[(s0['nb'] if s0 else 0):a0]
                ms = list(re.finditer(r'(?:^|[。；\n\s：])([一二三四五六七八九十])是', z))
                if ms: e['path_alt'] = [e['path'] + ms[-1].group(1) + '是']
            e['span'] = S(e['span']); g[k].append(e)
    for k in ('dates', 'totals'):
        g[k] = [dict(e, span=S(e['span'])) for e in G[k]]
    g['leftovers'] = []
    g['not_quantities'] = [dict(e, span=S(e['span'])) for e in G['notq']]
    for s in secs: g['not_quantities'].append(dict(text=s['number'], reason='heading number', span=S([s['start'], s['nb']])))
    for m in meas:
        if m['number']: g['not_quantities'].append(dict(text=m['number'], reason='measure number', span=S([m['start'], m['nb']])))
    return raw, g

CHK_UNITS = '个|個|项|項|张|張|类|類|份|家|名|位|方面|大|条|條|次|轮|批|件|种|種|所|处|處|座|户|戶|支|场|期|年|月|天|人|笔|宗|台|辆|亩|公里|万|亿|级|起|间'
def verify(raw, g):
    errs = []
    clean = lambda s: re.sub(r'\s', '', s)
    def chk(kind, e, want=None):
        a, b = e['span']
        if not (0 <= a < b <= len(raw)): errs.append((kind, 'range', e['span'])); return
        w = want if want is not None else e['text']
        if clean(raw[a:b]) != clean(w): errs.append((kind, raw[a:b], w))
        if raw[a].isspace() or raw[b-1].isspace(): errs.append((kind, 'blank edge', raw[a:b]))
    cov = [False] * len(raw)
    def cover(sp):
        for i in range(*sp): cov[i] = True
    for k in ('quantities', 'dates', 'claims', 'totals', 'not_quantities'):
        for e in g[k]:
            chk(k, e)
            if k in ('quantities', 'dates', 'not_quantities', 'totals'): cover(e['span'])
    for e in g['citations']: chk('citations', e, '《' + e['title'] + '》'); cover(e['span'])
    def sec(s):
        a, b = s['span']; head = clean(s['number'] + (s['title'] or ''))
        if not clean(raw[a:b]).startswith(head): errs.append(('section', raw[a:a+30], head))
        for c in s['children']:
            if not (a <= c['span'][0] and c['span'][1] <= b): errs.append(('section nest', s['number'], c['number']))
            sec(c)
    for s in g['sections']: sec(s)
    for f in g['findings']:
        a, b = f['span']
        if clean(f['title']) not in clean(raw[a:b]): errs.append(('finding', f['title']))
        for m in f['measures']:
            chk('measure', m)
            if not (a <= m['span'][0] and m['span'][1] <= b): errs.append(('measure outside finding', m['path']))
    for q in g['quantities']:
        try:
            p = parse_token(raw[q['span'][0]:q['span'][1]])
            if Decimal(p['value']) != Decimal(q['value']): errs.append(('value', q['text'], q['value'], p['value']))
            if p['unit'] != q['unit'] and 'unit_note' not in q: errs.append(('unit', q['text'], q['unit'], p['unit']))
        except AssertionError as x: errs.append(('token', q['text'], str(x)))
        if not q['label']: errs.append(('no label', q['text']))
    wc = [(m.group(0), m.start()) for m in re.finditer(r'\S', raw)]
    flat = ''.join(c for c, _ in wc)
    for v in list(g['contact'].values()) + [g.get('email')]:
        if isinstance(v, str):
            i = flat.find(clean(v))
            if i < 0: errs.append(('contact not in text', v))
            else:
                for j in range(i, i + len(clean(v))): cov[wc[j][1]] = True
    for m in re.finditer(r'[0-9０-９]+', raw):
        if not all(cov[i] for i in range(*m.span())): errs.append(('DIGITS', m.group(0), raw[max(0, m.start()-15):m.end()+12]))
    for m in re.finditer(rf'(?<![第前上本全])[二两兩三四五六七八九十百]+(?:余|多)?(?:{CHK_UNITS})', flat):
        if not cov[wc[m.start()][1]]:
            errs.append(('CN-NUM', m.group(0), flat[max(0, m.start()-12):m.end()+10]))
    depth = 0
    for i, c in enumerate(raw):
        if c == '《':
            depth += 1
            if depth == 1 and not any(e['span'][0] == i for e in g['citations']) and not any(e['span'][0] <= i < e['span'][1] for e in g['not_quantities'] ):
                errs.append(('CITATION', raw[i:i+20]))
        elif c == '》': depth -= 1
    qs = sorted(q['span'] for q in g['quantities'])
    for x, y in zip(qs, qs[1:]):
        if y[0] < x[1]: errs.append(('overlap', raw[x[0]:x[1]], raw[y[0]:y[1]]))
    t = g.get('title')
    if t and clean(t) not in flat: errs.append(('title not in text', t))
    i = g.get('issuer')
    if i and clean(i) not in flat: errs.append(('issuer not in text', i))
    return errs

def build(path, outdir):
    src = pathlib.Path(path).read_text(encoding='utf-8')
    head, text = src.split('\n=====\n', 1)
    meta = json.loads(head); layout = meta.get('layout', {})
    raw, g = compile_doc(text.rstrip('\n') + '\n', meta, layout)
    stem = pathlib.Path(path).stem; ext = meta.get('ext', 'txt')
    g = {'source': f'{stem}.{ext}', **g}
    if 'notes' in meta: g['notes'] = meta['notes']
    errs = verify(raw, g)
    (outdir / f'{stem}.{ext}').write_text(raw, encoding='utf-8')
    (outdir / f'{stem}.gold.json').write_text(json.dumps(g, ensure_ascii=False, indent=1) + '\n', encoding='utf-8')
    return raw, g, errs

if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit('usage: mk.py SOURCE_DIR OUTPUT_DIR   (compiles and verifies every SOURCE_DIR/*.mk)')
    source, target = map(pathlib.Path, sys.argv[1:]); bad = 0
    target.mkdir(parents=True, exist_ok=True)
    for p in sorted(source.glob('*.mk')):
        raw, g, errs = build(p, target)
        n = len(re.sub(r'\s', '', raw))
        print(f"{p.stem}: {n} chars, q={len(g['quantities'])} f={len(g['findings'])} m={sum(len(f['measures']) for f in g['findings'])} "
              f"c={len(g['citations'])} d={len(g['dates'])} cl={len(g['claims'])} t={len(g['totals'])} notq={len(g['not_quantities'])} errors={len(errs)}")
        for e in errs: print('   ', e)
        bad += len(errs)
    sys.exit(bool(bad))
