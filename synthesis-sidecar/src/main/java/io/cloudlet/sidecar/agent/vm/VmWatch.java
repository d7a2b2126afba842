package io.cloudlet.sidecar.agent.vm;

import io.cloudlet.sidecar.node.ProcessId;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.pod.PodQemu;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices the end of VMs. Thread-safe. */
public final class VmWatch {
  private static final Logger LOG = LoggerFactory.getLogger(VmWatch.class);
  private static final Duration GLANCE = Duration.ofSeconds(1);

  /** Processes, and uids of pods. */
  private final Set<Object> watched = ConcurrentHashMap.newKeySet();

  /**
   * Watches a VM that runs, once however often this is called.
   *
   * @param ended called when it has ended; returns at once
   */
  public void watch(VmRecord vm, Runnable ended) {
    if (vm.pod() != null) {
      watchPod(vm, vm.pod().qemu(), ended);
    } else if (vm.process() != null) {
      watchProcess(vm.process(), ended);
    }
  }

  private void watchProcess(ProcessId process, Runnable ended) {
    if (!watched.add(process)) {
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

  /** Nothing tells of the end of what holds a lock, so this looks now and then. */
  private void watchPod(VmRecord vm, PodQemu qemu, Runnable ended) {
    if (!watched.add(qemu.pod())) {
      return;
    }
    Thread.ofVirtual()
        .name("watch of VM " + vm.name())
        .start(() -> {
          awaitEnd(qemu);
          watched.remove(qemu.pod());
          ended.run();
        });
  }

  private static void awaitEnd(PodQemu qemu) {
    try {
      while (qemu.isAlive()) {
        qemu.boundLog();
        Thread.sleep(GLANCE);
      }
    } catch (IOException e) {
      LOG.info("the VM in the pod with uid {} cannot be watched: {}", qemu.pod(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
