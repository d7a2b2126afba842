package io.cloudlet.sidecar.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

/**
 * A qcow2 layer over a VM's disk that takes the guest's writes, so that the disk's own file stays
 * as it was at one instant and can be read while the guest runs on. Afterwards the layer is written
 * back.
 *
 * <p>QEMU itself knows how far this went: whoever comes after a process that died calls {@link
 * #remove}, which goes on from any state. Not thread-safe.
 */
public final class SnapshotLayer {
  private static final String NODE = "cloudlet-layer";
  private static final String FILE_NODE = "cloudlet-layer-file";
  private static final String CREATE_JOB = "cloudlet-create";
  private static final String COMMIT_JOB = "cloudlet-commit";

  private final QmpClient qmp;
  private final VmHandle vm;
  private final Duration limit;

  /**
   * Over a client that stays the caller's.
   *
   * @param limit for each job of QEMU; writing back takes as long as copying what the guest wrote
   */
  public SnapshotLayer(QmpClient qmp, VmHandle vm, Duration limit) {
    this.qmp = qmp;
    this.vm = vm;
    this.limit = limit;
  }

  /** Makes the layer without using it. Removes what a process that died left behind. */
  public void prepare() throws IOException {
    remove();
    String file = vm.inQemu(VmFiles.LAYER);
    create(Map.of("driver", "file", "filename", file, "size", 0));
    qmp.execute(
        "blockdev-add",
        Map.of("driver", "file", "node-name", FILE_NODE, "filename", file, "discard", "ignore"));
    create(Map.of("driver", "qcow2", "file", FILE_NODE, "size", diskSize()));
    qmp.execute(
        "blockdev-add",
        Map.of(
            "driver", "qcow2",
            "node-name", NODE,
            "file", FILE_NODE,
            "discard", "unmap",
            "detect-zeroes", "unmap"));
  }

  /** Puts the layer over the disk; at an instant when the VM is paused. */
  public void freeze() throws IOException {
    qmp.execute("blockdev-snapshot", Map.of("node", vm.diskNode(), "overlay", NODE));
  }

  /**
   * Writes the layer back, if there is one, and removes it; the VM may run. Resumes what was begun,
   * by this process or another one.
   */
  public void remove() throws IOException {
    QmpJob commit = new QmpJob(qmp, COMMIT_JOB);
    if (!commit.exists() && isActive()) {
      qmp.execute(
          "block-commit",
          Map.of(
              "job-id",
              COMMIT_JOB,
              "device",
              NODE,
              "base-node",
              vm.diskNode(),
              "auto-dismiss",
              false));
    }
    if (commit.exists()) {
      commit.finish(limit);
    }
    QmpJob create = new QmpJob(qmp, CREATE_JOB);
    if (create.exists()) {
      create.finish(limit);
    }
    for (String node : new String[] {NODE, FILE_NODE}) {
      if (exists(node)) {
        qmp.execute("blockdev-del", Map.of("node-name", node));
      }
    }
    Files.deleteIfExists(vm.exchange().resolve(VmFiles.LAYER));
  }

  /** Whether the guest writes into the layer. */
  public boolean isActive() throws IOException {
    for (JsonNode device : qmp.execute("query-block")) {
      if (device.at("/inserted/node-name").asText().equals(NODE)) {
        return true;
      }
    }
    return false;
  }

  private void create(Map<String, ?> options) throws IOException {
    qmp.execute("blockdev-create", Map.of("job-id", CREATE_JOB, "options", options));
    new QmpJob(qmp, CREATE_JOB).finish(limit);
  }

  private long diskSize() throws IOException {
    for (JsonNode node : nodes()) {
      if (node.path("node-name").asText().equals(vm.diskNode())) {
        return node.at("/image/virtual-size").asLong();
      }
    }
    throw new CloudletException("QEMU on " + vm.qmp() + " has no block node " + vm.diskNode());
  }

  private boolean exists(String name) throws IOException {
    for (JsonNode node : nodes()) {
      if (node.path("node-name").asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private JsonNode nodes() throws IOException {
    return qmp.execute("query-named-block-nodes", Map.of("flat", true));
  }
}
