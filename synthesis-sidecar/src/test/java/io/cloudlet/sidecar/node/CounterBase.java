package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.qemu.CounterGuest;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** A data directory, and the guest that counts as a base VM in it. */
public final class CounterBase {
  public static final BaseName NAME = new BaseName("counter");

  private final Path folder;

  /** In a folder that may not exist yet. */
  public CounterBase(Path folder) {
    this.folder = folder;
  }

  /** Opened anew. */
  public DataDirectory data() throws IOException {
    return DataDirectory.open(folder.resolve("data"), "test");
  }

  /** Boots the guest until it counts. */
  public BaseEntry create(Progress progress) throws IOException {
    Path disk = Files.createDirectories(folder).resolve("disk.raw");
    QemuBinary qemu = QemuBinary.detect();
    BaseRequest request =
        new BaseRequest(
            NAME,
            CounterGuest.writeBaseDisk(disk),
            CounterGuest.machine(qemu),
            null,
            null,
            new ReadyWhen.ConsolePrints(Pattern.compile("3$")),
            Duration.ofMinutes(1),
            false);
    new CreateBase(data(), qemu, progress).run(request);
    return BaseStore.at(data().bases()).find(NAME.text());
  }

  /** Starts a VM of a base VM. */
  public VmFiles start(VmName name, BaseEntry base, boolean diskOnly) throws IOException {
    new ResumeBase(data(), QemuBinary.detect(), Progress.SILENT)
        .run(base, new SynthesisRequest(name, null, diskOnly));
    return files(name);
  }

  public VmFiles files(VmName name) throws IOException {
    return new VmRegistry(data()).folder(name).files();
  }

  /** Ends and removes all VMs. */
  public void endVms() throws IOException {
    for (VmRecord vm : new VmRegistry(data()).list()) {
      new VmLifecycle(data()).remove(vm.name(), true);
    }
  }
}
