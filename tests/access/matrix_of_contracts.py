"""Who may do what with a contract, and with what hangs on it; read together with matrix.py.

The contract is Sofia's and Carla's. `paused` was paused by Carla, `paused_by_sofia` by Sofia.
"""

MATRIX_OF_CONTRACTS = """
contract.list            -             -     yes   yes   yes yes   yes  yes  yes   -    yes  yes
contract.view            active        -     yes   -     yes -     -    -    -     -    -    -
contract.view            ended_early   -     yes   -     yes -     -    -    -     -    -    -
contract.pause           active        -     yes   -     yes -     -    -    -     -    -    -
contract.pause           paused        -     -     -     -   -     -    -    -     -    -    -
contract.pause           completed     -     -     -     -   -     -    -    -     -    -    -
contract.pause           ended_early   -     -     -     -   -     -    -    -     -    -    -
contract.resume          active        -     -     -     -   -     -    -    -     -    -    -
contract.resume          paused        -     -     -     yes -     -    -    -     -    -    -
contract.resume          paused_by_sofia -   yes   -     -   -     -    -    -     -    -    -
contract.resume          ended_early   -     -     -     -   -     -    -    -     -    -    -
contract.end             active        -     yes   -     yes -     -    -    -     -    -    -
contract.end             paused        -     yes   -     yes -     -    -    -     -    -    -
contract.end             completed     -     -     -     -   -     -    -    -     -    -    -
contract.end             ended_early   -     -     -     -   -     -    -    -     -    -    -
"""
