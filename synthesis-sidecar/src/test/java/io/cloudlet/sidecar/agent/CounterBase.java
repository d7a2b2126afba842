package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.node.BaseRequest;
import io.cloudlet.sidecar.node.CreateBase;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.ReadyWhen;
import io.cloudlet.sidecar.qemu.CounterGuest;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Makes a base VM of the guest that counts: it boots in no time. */
final class CounterBase {
  private CounterBase() {}

  static Digest create(Path folder, Path data) throws IOException {
    return create(folder, data, "counter");
  }

  static Digest create(Path folder, Path data, String name) throws IOException {
    QemuBinary qemu = QemuBinary.detect();
    Machine machine = CounterGuest.machine(qemu).withPorts(List.of(new Port(0, 80)));
    BaseRequest request =
        new BaseRequest(
            new BaseName(name),
            CounterGuest.writeBaseDisk(folder.resolve(name + ".raw")),
            machine,
            null,
            null,
            new ReadyWhen.ConsolePrints(Pattern.compile("[0-9a-f]{8}")),
            Duration.ofMinutes(1),
            false);
    return new CreateBase(DataDirectory.open(data, "test"), qemu, Progress.SILENT).run(request);
  }
}
