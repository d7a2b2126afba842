package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.machine.Machine;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A QEMU as a process of this machine, which reaches what this program reaches.
 *
 * @param files the VM's folder
 */
public record ProcessHost(VmFiles files) implements QemuHost {
  @Override
  public boolean link(Path file, String name) throws IOException {
    Path link = files.folder().resolve(name);
    Files.deleteIfExists(link);
    try {
      Files.createLink(link, file);
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return false; // It lies on another file system.
    }
  }

  @Override
  public String forwardsAt() {
    return QemuScene.PROCESS.forwardsAt();
  }

  @Override
  public Machine forwarding(Machine machine) {
    return machine;
  }

  @Override
  public boolean sharesFiles(QemuBinary qemu) {
    return true;
  }

  @Override
  public ConnectedQemu start(QemuCommand command, Duration limit) throws IOException {
    return new QemuLauncher().connect(command, files, limit);
  }

  @Override
  public Optional<LiveQemu> find() throws IOException {
    return QemuProcess.find(files).map(process -> process);
  }

  @Override
  public void born() {}

  @Override
  public void clear() throws IOException {
    FolderProcesses.end(files.folder());
  }
}
