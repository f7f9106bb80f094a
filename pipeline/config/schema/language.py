"""Keys of the group `language`."""

from dataclasses import dataclass
from typing import Any

from pipeline.config.fields import config_key


@dataclass
class LanguageConfig:
    """Group `language`: the words that pictures and pages show."""

    code: str = config_key("en", "its tag, which pages carry as lang: en, de, pt-BR")
    words: dict[str, Any] = config_key(
        {}, "every text, by part and name as in conf/language/en.yaml; of English only those that differ from it"
    )
    sentences: dict[str, str] = config_key(
        {}, "what shipped configs say, English: translation; put in its place when the config is composed"
    )
