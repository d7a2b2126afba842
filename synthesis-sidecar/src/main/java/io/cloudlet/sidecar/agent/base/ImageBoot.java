package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.BaseVMSpec;
import io.cloudlet.api.v1alpha1.Download;
import io.cloudlet.api.v1alpha1.ImageSource;
import io.cloudlet.api.v1alpha1.MachineSpec;
import io.cloudlet.api.v1alpha1.Readiness;
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
import io.cloudlet.sidecar.node.FetchedFile;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.store.HttpAccess;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a disk, boots it and keeps what it is then. Thread-safe.
 *
 * @param access as whom to come to the servers
 */
record ImageBoot(DataDirectory data, Qemu qemu, NodeAbilities abilities, HttpAccess access) {
  Digest run(BaseVMSpec spec, ImageSource image, BaseName name, Progress progress)
      throws IOException {
    Readiness readiness = Objects.requireNonNull(spec.readiness(), "spec.readiness is missing");
    Accelerator best = abilities.find().accelerators().getFirst();
    Machine machine = new BaseMachine(qemu.binary(), best).of(spec.machine(), image);
    abilities.require(machine);
    FetchedNames names = new FetchedNames();
    try (FetchedFile disk = fetch(image.url(), image.digest(), names, progress);
        Optionally kernel = Optionally.of(fetch(image.kernel(), names, progress));
        Optionally initrd = Optionally.of(fetch(image.initrd(), names, progress))) {
      enlarge(disk.path(), spec.machine());
      BaseRequest request =
          new BaseRequest(
              name,
              disk.path(),
              machine,
              kernel.path(),
              initrd.path(),
              Signs.of(readiness),
              Signs.patience(readiness),
              Boolean.TRUE.equals(spec.balloon()));
      return new CreateBase(data, qemu.binary(), progress).run(request);
    } catch (IOException e) {
      throw names.in(e);
    }
  }

  /** A file that may be missing. */
  private record Optionally(@Nullable FetchedFile file) implements AutoCloseable {
    static Optionally of(@Nullable FetchedFile file) {
      return new Optionally(file);
    }

    @Nullable Path path() {
      return file == null ? null : file.path();
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }

  private static void enlarge(Path disk, @Nullable MachineSpec machine) throws IOException {
    if (machine != null && machine.diskSize() != null) {
      EnlargeDisk.to(disk, BaseMachine.bytes(machine.diskSize()));
    }
  }

  private @Nullable FetchedFile fetch(
      @Nullable Download file, FetchedNames names, Progress progress) throws IOException {
    return file == null ? null : fetch(file.url(), file.digest(), names, progress);
  }

  private FetchedFile fetch(String url, String digest, FetchedNames names, Progress progress)
      throws IOException {
    FetchedFile file = new FetchImage(data, access, progress).run(uri(url), Digest.parse(digest));
    names.add(file.path(), uri(url));
    return file;
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
