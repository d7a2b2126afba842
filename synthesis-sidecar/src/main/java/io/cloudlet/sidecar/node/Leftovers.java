package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.qemu.FolderProcesses;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what commands that died left in a data directory, and puts it right. */
public final class Leftovers {
  private final DataDirectory data;
  private final VmRegistry registry;
  private final List<String> done = new ArrayList<>();

  private Leftovers(DataDirectory data) {
    this.data = data;
    this.registry = new VmRegistry(data);
  }

  /** Does it; what living commands are working on stays. One sentence for each thing done. */
  public static List<String> clear(DataDirectory data) throws IOException {
    Leftovers leftovers = new Leftovers(data);
    leftovers.endProcesses();
    leftovers.removePartials();
    leftovers.removeDownloads();
    leftovers.recoverVms();
    return List.copyOf(leftovers.done);
  }

  private void endProcesses() throws IOException {
    for (Path folder : Partials.abandoned(data.temporary())) {
      FolderProcesses.end(folder);
    }
  }

  private void removePartials() throws IOException {
    removePartials(data.root());
    for (Path folder : data.folders()) {
      removePartials(folder);
    }
  }

  private void removePartials(Path folder) throws IOException {
    for (Path removed : Partials.clean(folder)) {
      done.add("removed " + removed + ", which a command that died had left half done");
    }
  }

  private void removeDownloads() throws IOException {
    for (Path removed : Downloads.removeOld(data.temporary(), Instant.now())) {
      done.add("removed " + removed + ", a part of a download that nobody went on to fetch");
    }
  }

  private void recoverVms() throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(data.vms())) {
      for (Path folder : folders) {
        if (!Partials.isPartial(folder) && needsCare(new VmFolder(folder))) {
          recover(new VmName(folder.getFileName().toString()));
        }
      }
    }
  }

  private boolean needsCare(VmFolder folder) throws IOException {
    if (Files.exists(folder.captureJournal()) || !Files.exists(folder.record())) {
      return true;
    }
    VmRecord vm = new JsonFile<>(folder.record(), VmRecord.class).read();
    return vm.state() == VmState.STARTING || (vm.state() == VmState.RUNNING && vm.pod() != null);
  }

  private void recover(VmName name) throws IOException {
    try (ResourceLock _ = data.lockVm(name)) {
      VmFolder folder = registry.folder(name);
      if (!Files.isDirectory(folder.path())) {
        return; // Its command has just removed it.
      }
      Optional<VmRecord> vm = registry.find(name);
      if (vm.isEmpty() || vm.get().state() == VmState.STARTING) {
        if (vm.isPresent()) {
          registry.host(vm.get()).clear();
        } else {
          FolderProcesses.end(folder.path());
        }
        registry.remove(name);
        done.add("removed VM " + name + ", whose start had not been finished");
        return;
      }
      if (vm.get().state() == VmState.RUNNING) {
        registry.host(vm.get()).born();
      }
      CaptureRecovery recovery = new CaptureRecovery(vm.get(), registry);
      if (recovery.isNeeded()) {
        recovery.recover();
        done.add("undid a capture of VM " + name + " that had not been finished");
      }
    } catch (BusyException e) {
      // A living command is at it.
    }
  }
}
