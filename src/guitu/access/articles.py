"""The articles that answers about access stand on. Each was read in full."""

from __future__ import annotations

from typing import Final

from guitu.kernel.citations import Citation

SECRET: Final = (Citation("戒毒条例", "7"), Citation("戒毒条例", "43"))
"""对戒毒人员戒毒的个人信息应当依法予以保密；泄露的依法给予处分。"""

WITHIN_POWERS: Final = (Citation("个人信息保护法", "34"),)
"""国家机关为履行法定职责处理个人信息，不得超出履行法定职责所必需的范围和限度。"""

SENSITIVE: Final = (Citation("个人信息保护法", "28"),)
"""医疗健康等敏感个人信息：特定的目的、充分的必要性、严格保护。"""

LEAST_RIGHTS: Final = (Citation("个人信息保护法", "51"),)
"""合理确定个人信息处理的操作权限，实行分类管理。"""

OWN: Final = (Citation("个人信息保护法", "45"),)
"""个人有权查阅、复制其个人信息。"""

CONSENT: Final = (Citation("个人信息保护法", "29"),)
"""处理敏感个人信息应当取得个人的单独同意。"""

EMERGENCY: Final = (Citation("个人信息保护法", "34"), Citation("个人信息保护法", "51"))
"""应急查阅仍以履行职责所必需为限，并记录、告知。"""

MINOR: Final = (Citation("未成年人网络保护条例", "36"),)
"""工作人员访问未成年人个人信息的，应当经过审批，记录访问情况。"""

HIV: Final = (Citation("艾滋病防治条例", "39"),)
"""未经本人或者其监护人同意，不得公开艾滋病病毒感染者、病人及其家属的病史资料等信息。"""

SEALED: Final = (Citation("治安管理处罚法", "136"),)
"""违反治安管理的记录应当封存，不得提供或者公开。"""

ALL: Final = (*SECRET, *WITHIN_POWERS, *SENSITIVE, *LEAST_RIGHTS, *OWN, *CONSENT, *MINOR, *HIV, *SEALED)
"""Every article cited about access."""
