package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.BaseVMSpec;
import io.cloudlet.api.v1alpha1.ImageSource;
import io.cloudlet.api.v1alpha1.MachineSpec;
import io.cloudlet.api.v1alpha1.Readiness;
import io.cloudlet.sidecar.agent.job.Desk;
import io.cloudlet.sidecar.agent.node.NodeAbilities;
import io.cloudlet.sidecar.agent.vm.Qemu;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.node.BaseRequest;
import io.cloudlet.sidecar.node.CreateBase;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.EnlargeDisk;
import io.cloudlet.sidecar.node.FetchImage;
import io.cloudlet.sidecar.store.HttpAccess;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a disk, boots it and keeps what it is then; each of the two in a turn of its own.
 * Thread-safe.
 *
 * @param access as whom to come to the servers
 */
record ImageBoot(DataDirectory data, Qemu qemu, NodeAbilities abilities, HttpAccess access) {
  Digest run(BaseVMSpec spec, ImageSource image, BaseName name, Desk desk) throws IOException {
    Readiness readiness = Objects.requireNonNull(spec.readiness(), "spec.readiness is missing");
    Accelerator best = abilities.find().accelerators().getFirst();
    Machine machine = new BaseMachine(qemu.binary(), best).of(spec.machine(), image);
    abilities.require(machine);
    FetchImage fetch = new FetchImage(data, access, desk);
    try (FetchedImage files = desk.fetching(() -> new FetchedImage(image, fetch))) {
      return desk.heavily(() ->
          files.using(() -> {
            enlarge(files.disk(), spec.machine());
            BaseRequest request =
                new BaseRequest(
                    name,
                    files.disk(),
                    machine,
                    files.kernel(),
                    files.initrd(),
                    Signs.of(readiness),
                    Signs.patience(readiness),
                    Boolean.TRUE.equals(spec.balloon()));
            return new CreateBase(data, qemu.binary(), desk).run(request);
          }));
    }
  }

  private static void enlarge(Path disk, @Nullable MachineSpec machine) throws IOException {
    if (machine != null && machine.diskSize() != null) {
      EnlargeDisk.to(disk, BaseMachine.bytes(machine.diskSize()));
    }
  }

  static URI uri(String url) throws CloudletException {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      // Not the exception's own text: it repeats the URL with whatever secrets are in it.
      throw new CloudletException(
          "the URL has a wrong character at place " + e.getIndex() + "; escape it");
    }
  }
}
