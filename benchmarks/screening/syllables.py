"""Syllables of North Korean names as lists romanise them, and the Hangul that they stand for."""

from __future__ import annotations

_PAIRS = """
son:손 hae:해 hyo:효 kyu:규 gyu:규 sim:심 to:도 do:도 tok:덕 dok:덕 ung:웅 bong:봉
bok:복 pok:복 chil:칠 phyo:표 jo:조 myon:면 gap:갑 kap:갑 gang:강 hung:흥 hwa:화
ryo:려 yo:여 chi:치 ji:지 sun:순 byok:벽 kim:김 ri:리 pak:박 choe:최 jong:정
chong:정 kang:강 cho:조 jo:조 yun:윤 jang:장 chang:장 im:림 rim:림 han:한 o:오
so:서 sin:신 kwon:권 hwang:황 an:안 song:성 yu:유 ryu:류 hong:홍 jon:전 chon:전
ko:고 mun:문 yang:양 pae:배 paek:백 ho:허 nam:남 no:노 ha:하 kwak:곽 cha:차 chu:주
ju:주 u:우 ku:구 min:민 chin:진 jin:진 om:엄 won:원 kong:공 hyon:현 pyon:변 un:은
il:일 chol:철 yong:영 su:수 hun:훈 chun:춘 sik:식 gil:길 kil:길 myong:명 kwang:광
gwang:광 kuk:국 guk:국 tae:태 thae:태 dae:대 hyok:혁 sok:석 kyong:경 gyong:경
chan:찬 sang:상 hak:학 ki:기 pong:봉 pom:범 ryol:렬 ryong:룡 yol:열 sop:섭 je:제
jun:준 man:만 gon:건 mu:무 byong:병 pyong:병 hwan:환 pil:필 phil:필 hui:희 hwi:휘
ok:옥 yon:연 ik:익 in:인 jae:재
"""
HANGUL = dict(pair.split(":") for pair in _PAIRS.split())
