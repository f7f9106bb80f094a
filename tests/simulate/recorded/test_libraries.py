"""The README's snippets for training loops, run with the libraries that they are for; skipped where there is none."""

import re
from pathlib import Path

import numpy as np
import pytest

from pipeline import Data, Network, Recorder, gradient_flow, project

README = Path(__file__).parents[3] / "README.md"
X = np.linspace(-1, 1, 12)
Y = np.sin(4 * X)


def snippet(word):
    """The only Python block of the README's section on recorders that has a word; and that it is short."""
    (section,) = re.findall(r"^## Film your own run\n(.*?)^## ", README.read_text(encoding="utf-8"), re.M | re.S)
    (code,) = [block for block in re.findall(r"```python\n(.*?)```", section, re.S) if word in block]
    return code


def torch_net(torch, m=20):
    torch.manual_seed(0)
    return torch.nn.Sequential(torch.nn.Linear(1, m), torch.nn.ReLU(), torch.nn.Linear(m, 1)).double()


def network(net):
    w, b, v, c = (part.detach().numpy().ravel().copy() for part in net.parameters())
    return Network(w, b, v, c[0])


def test_the_loop_of_pytorch_tends_to_gradient_flow(tmp_path, monkeypatch):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    monkeypatch.chdir(tmp_path)
    x, y = (torch.tensor(part)[:, None] for part in (X, Y))
    net, rate, steps = torch_net(torch), 1e-3, 2000
    start = network(net)
    optimizer = torch.optim.SGD(net.parameters(), lr=rate)
    names = {"x": x, "y": y, "net": net, "optimizer": optimizer, "steps": steps, "Recorder": Recorder}
    exec(snippet("optimizer.step()"), names | {"loss": lambda f, y: 0.5 * ((f - y) ** 2).sum()})
    from pipeline import Trajectory

    run = Trajectory.load(tmp_path / "run.npz")
    assert run.t[-1] == steps - 1
    flow = gradient_flow(start, Data(X, Y), times=rate * (run.t + 1), output_bias=True)
    grid = np.linspace(-1, 1, 101)
    off = np.abs(project(run).evaluate(grid) - project(flow).evaluate(grid)).max()
    assert off < 0.002  # measured: 0.0015, and 0.00075 at half the rate, as steps are of first order


def test_checkpoints_of_pytorch_are_a_run(tmp_path):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    from pipeline.errors import InputError
    from pipeline.simulate.recorded.read import read_record

    nets = [torch_net(torch, m=5) for _ in range(3)]
    for k, net in enumerate(nets):
        torch.save({"epoch": k, "model_state_dict": net.state_dict()}, tmp_path / f"epoch={k}-step={10 * k}.ckpt")
    found = read_record(str(tmp_path))
    assert found.t.tolist() == [0, 10, 20]
    np.testing.assert_array_equal(found.w[2], network(nets[2]).w)
    torch.save(nets[0], tmp_path / "30.pt")
    with pytest.raises(InputError, match=r"30\.pt: holds more than weights, or is damaged"):
        read_record(str(tmp_path))


@pytest.mark.filterwarnings("ignore")  # of Lightning about this machine
def test_the_callback_of_lightning(tmp_path):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    lightning = pytest.importorskip("lightning", reason="Lightning is not installed")
    rec = Recorder(X, Y)
    names = {"lightning": lightning, "rec": rec}
    exec(snippet("lightning.Callback"), names)

    class Module(lightning.LightningModule):
        def __init__(self):
            super().__init__()
            self.net = torch_net(torch)

        def training_step(self, batch, _):
            return ((self.net(batch[0]) - batch[1]) ** 2).mean()

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), lr=1e-2)

    pairs = torch.utils.data.TensorDataset(*(torch.tensor(part)[:, None] for part in (X, Y)))
    loader = torch.utils.data.DataLoader(pairs, batch_size=6)
    quiet = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False, "accelerator": "cpu"}
    trainer = lightning.Trainer(
        max_epochs=4, callbacks=[names["Film"]()], default_root_dir=tmp_path, enable_model_summary=False, **quiet
    )
    module = Module()
    trainer.fit(module, loader)
    assert rec.trajectory.t.tolist() == list(range(1, 9))
    np.testing.assert_array_equal(rec.trajectory.w[-1], network(module.net).w)


@pytest.mark.filterwarnings("ignore")  # of Keras about its backend
def test_the_callback_of_keras(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "jax" if _there("jax") else "torch")
    keras = pytest.importorskip("keras", reason="Keras is not installed")
    rec = Recorder(X, Y)
    names = {"keras": keras, "rec": rec}
    exec(snippet("keras.callbacks.Callback"), names)
    model = keras.Sequential([keras.layers.Dense(9, activation="relu"), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(1e-2), loss="mse")
    model.fit(X[:, None], Y[:, None], batch_size=6, epochs=4, verbose=0, callbacks=[names["Film"]()])
    run = rec.trajectory
    assert run.t.tolist() == list(range(1, 9))
    expected = model.predict(X[:, None], verbose=0)[:, 0]
    np.testing.assert_allclose(run.network(-1).evaluate(X), expected, atol=1e-5)


def _there(name):
    from importlib.util import find_spec

    return find_spec(name) is not None


def test_parameters_of_flax():
    jax = pytest.importorskip("jax", reason="JAX is not installed")
    linen = pytest.importorskip("flax.linen", reason="Flax is not installed")
    model = linen.Sequential([linen.Dense(7), linen.relu, linen.Dense(1)])
    params = model.init(jax.random.key(0), X[:, None])
    check(params, np.asarray(model.apply(params, X[:, None]))[:, 0])


def test_modules_of_flax_nnx():
    nnx = pytest.importorskip("flax.nnx", reason="Flax is not installed")
    rngs = nnx.Rngs(0)
    model = nnx.Sequential(nnx.Linear(1, 7, rngs=rngs), nnx.relu, nnx.Linear(7, 1, rngs=rngs))
    check(model, np.asarray(model(X[:, None].astype("f4")))[:, 0])


def test_modules_of_equinox():
    jax = pytest.importorskip("jax", reason="JAX is not installed")
    equinox = pytest.importorskip("equinox", reason="Equinox is not installed")
    model = equinox.nn.MLP(1, 1, 7, 1, key=jax.random.key(0))
    check(model, np.array([model(at)[0] for at in X[:, None].astype("f4")]))


def check(held, expected):
    """That a recorder takes what is held for the function that it is."""
    rec = Recorder(X, Y)
    rec(0, held)
    rec(1, held)
    np.testing.assert_allclose(rec.trajectory.network(1).evaluate(X), expected, atol=1e-5)
