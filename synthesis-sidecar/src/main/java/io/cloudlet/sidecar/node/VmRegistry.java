package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.pod.PodHost;
import io.cloudlet.sidecar.qemu.ProcessHost;
import io.cloudlet.sidecar.qemu.QemuHost;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The VMs of a data directory. Whoever changes one holds its lock; reading needs none. */
public final class VmRegistry {
  private final DataDirectory data;

  /** Over a directory. */
  public VmRegistry(DataDirectory data) {
    this.data = data;
  }

  /** Where a VM's files lie, whether it exists or not. */
  public VmFolder folder(VmName name) {
    return new VmFolder(data.vms().resolve(name.text()));
  }

  /** Where a VM's QEMU runs, or ran. */
  QemuHost host(VmRecord vm) {
    VmFolder own = folder(vm.name());
    return vm.pod() == null ? new ProcessHost(own.files()) : new PodHost(vm.pod(), own.path());
  }

  /** The files of a VM's QEMU: those in its pod while there is one. */
  public VmFiles files(VmRecord vm) {
    VmFiles there = host(vm).files();
    return Files.isDirectory(there.folder()) ? there : folder(vm.name()).files();
  }

  /**
   * A VM's disk. That of a pod is read under the name that it has here, which nothing in the pod
   * can make lead elsewhere.
   */
  Path disk(VmRecord vm) {
    Path own = folder(vm.name()).files().disk();
    return Files.exists(own) ? own : files(vm).disk();
  }

  /**
   * Makes the folder and first record of a VM that is starting.
   *
   * @throws CloudletException when the name is taken
   */
  public void add(VmRecord record) throws IOException {
    VmFolder folder = folder(record.name());
    if (find(record.name()).isPresent()) {
      throw new CloudletException(
          "there is a VM " + record.name() + " already; choose another --name, or 'vm rm' it");
    }
    Folders.create(folder.path());
    write(record);
  }

  /** Replaces a VM's record. */
  public void write(VmRecord record) throws IOException {
    file(record.name()).write(record);
  }

  /** A VM; empty when there is none of that name. */
  public Optional<VmRecord> find(VmName name) throws IOException {
    try {
      return Optional.of(file(name).read());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * A VM that has to be there.
   *
   * @throws NotFoundException when there is none
   */
  public VmRecord get(VmName name) throws IOException {
    return find(name)
        .orElseThrow(() ->
            new NotFoundException("there is no VM " + name + "; 'vm ls' shows what there is"));
  }

  /** All VMs by name. */
  public List<VmRecord> list() throws IOException {
    List<VmRecord> records = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(data.vms())) {
      for (Path folder : folders) {
        // One that is being removed has a record for some moments more, under no name of a VM.
        if (!Partials.isPartial(folder) && Files.exists(new VmFolder(folder).record())) {
          find(new VmName(folder.getFileName().toString())).ifPresent(records::add);
        }
      }
    }
    records.sort(Comparator.comparing(record -> record.name().text()));
    return records;
  }

  /** The VMs whose disks lie over a base VM. */
  public List<VmName> usersOf(String base) throws IOException {
    return list().stream().filter(vm -> vm.base().equals(base)).map(VmRecord::name).toList();
  }

  /** Removes a VM's folder. It vanishes under its name at once. */
  public void remove(VmName name) throws IOException {
    Path folder = folder(name).path();
    Path doomed = Partials.siblingOf(folder);
    Files.move(folder, doomed);
    Partials.deleteTree(doomed);
  }

  private JsonFile<VmRecord> file(VmName name) {
    return new JsonFile<>(folder(name).record(), VmRecord.class);
  }
}
