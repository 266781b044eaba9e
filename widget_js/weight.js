/**
 * X's weighted length of a text, by the algorithm of compose/weight.py, which tells its rules and
 * their source. Both give the same number for the cases in tests/data/weighted-length.json.
 */
const weightedLength = (() => {
  const domains = `
  com org net edu gov mil int info biz name pro mobi jobs travel museum aero coop asia cat post
  academy agency app art blog business center church city cloud club community company digital dev
  earth email energy events family foundation fund global group guide health help house institute
  international law legal life link live media network news ngo online page party photo press
  report school science shop site social solutions space store studio support team tech today
  tools top video vote website wiki work world xyz zone
  ac ad ae af ag ai al am an ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq
  br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz
  ec ee eg eh er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw
  gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz
  la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx
  my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro
  rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk
  tl tm tn to tp tr tt tv tw tz ua ug uk um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw`.trim().split(/\s+/).join('|');
  const foreign = '\\u00c0-\\u1fff\\u2070-\\u2fff\\u3040-\\ufdff\\u{10000}-\\u{10ffff}';
  const word = 'a-z0-9_\\u00c0-\\u024f\\u0400-\\u04ff\\u1e00-\\u1eff';
  const host = `(?:[a-z0-9${foreign}](?:[a-z0-9${foreign}_\\-]*[a-z0-9${foreign}])?\\.)+`
    + `(?:xn--[a-z0-9\\-]+|[a-z]{2,}|[${foreign}]{2,})`;
  const bare = `(?:[a-z0-9](?:[a-z0-9_\\-]*[a-z0-9])?\\.)+(?:${domains})`;
  const tail = '(?![a-z0-9@])(?::\\d+)?'
    + `(?:\\/(?:[${word}!*';:=+,.$\\/%#\\[\\]\\-\\u2013~@|&]*(?:\\([${word}!*';:=+,.$\\/%#\\[\\]\\-\\u2013~@|&]+\\)|[${word}+\\-=#\\/]))*)?`
    + '(?:\\?[a-z0-9!?*\'@();:&=+$\\/%#\\[\\]\\-_.,~|]*[a-z0-9\\-_&=#\\/])?';
  // The sign before a link is matched with it: older Safaris know no lookbehind.
  const before = '(^|[^a-z0-9@\\uff20$#\\uff03';
  const link = RegExp(`${before}])https?:\\/\\/(${host})${tail}|${before}\\-_.\\/])(${bare})${tail}`, 'giu');
  const picture = '[\\u203c\\u2049\\u2122\\u2139\\u2190-\\u21ff\\u2300-\\u23ff\\u24c2\\u25a0-\\u27bf'
    + '\\u2900-\\u297f\\u2b00-\\u2bff\\u3030\\u303d\\u3297\\u3299\\u{1f000}-\\u{1faff}]\\ufe0f?[\\u{1f3fb}-\\u{1f3ff}]?';
  const emoji = RegExp('[#*0-9]\\ufe0f?\\u20e3|[\\u00a9\\u00ae]\\ufe0f|[\\u{1f1e6}-\\u{1f1ff}]{2}'
    + `|\\u{1f3f4}[\\u{e0020}-\\u{e007e}]+\\u{e007f}|${picture}(?:\\u200d${picture})*`, 'gu');
  const light = /[\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]/g;

  const isHost = (/** @type {string} */ name) => {
    const labels = URL.canParse?.('http://' + name) ? new URL('http://' + name).hostname : name;
    return labels.split('.').every((label) => label.length < 64);
  };

  return (/** @type {string} */ text) => {
    let links = 0;
    const plain = text.normalize().replace(link, (all, before, host, bareBefore, bare) => isHost(host || bare)
      ? (links += 1, (before || bareBefore || '') + '\n') : all);
    let emojis = 0;
    const rest = plain.replace(emoji, () => (emojis += 1, ''));
    // Each link left one sign behind, so that what stood on both sides of it stays apart.
    return 22 * links + 2 * (emojis + [...rest].length) - (rest.match(light) || []).length;
  };
})();
