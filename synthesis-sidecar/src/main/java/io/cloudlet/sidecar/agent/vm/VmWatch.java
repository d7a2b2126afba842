package io.cloudlet.sidecar.agent.vm;

import io.cloudlet.sidecar.node.ProcessId;
import io.cloudlet.sidecar.node.VmRecord;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Notices the end of VMs' processes. Thread-safe. */
public final class VmWatch {
  private final Set<ProcessId> watched = ConcurrentHashMap.newKeySet();

  /**
   * Watches the process of a VM, once however often this is called.
   *
   * @param ended called when it has ended; returns at once
   */
  public void watch(VmRecord vm, Runnable ended) {
    ProcessId process = vm.process();
    if (process == null || !watched.add(process)) {
      return;
    }
    Optional<ProcessHandle> handle = ProcessHandle.of(process.pid()).filter(_ -> process.isAlive());
    if (handle.isEmpty()) {
      watched.remove(process);
      ended.run();
      return;
    }
    CompletableFuture<Void> _ =
        handle
            .get()
            .onExit()
            .thenRun(() -> {
              watched.remove(process);
              ended.run();
            });
  }
}
