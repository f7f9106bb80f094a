from .atlas import Atlas as Atlas
from .claims import Claim as Claim, claims as claims
