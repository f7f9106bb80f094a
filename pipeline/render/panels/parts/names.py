"""What axes measure, in words, long ones first: panels and pages name them alike. Formulas stand between $."""

OUTPUT = "output $f(x)$", "$f(x)$"
SLOPE = "slope $f'(x)$", "$f'$"
LOSS = "loss"
INPUT = "input $x$"
BREAKPOINT = "breakpoint $\\beta$"
TIME = "training time $t$"
