package io.cloudlet.operator.base;

import io.cloudlet.api.v1alpha1.BaseVMStatusBuilder;
import io.cloudlet.api.v1alpha1.NodeCopy;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What others have to do with a base VM.
 *
 * @param users what needs it
 * @param copies of it, on nodes
 * @param usable on how many nodes it can be used
 * @param packageUrl where it can be downloaded
 */
record Holders(List<String> users, List<NodeCopy> copies, int usable, @Nullable String packageUrl) {
  BaseVMStatusBuilder write(BaseVMStatusBuilder status) {
    return status.users(users).nodes(copies).nodesReady(usable).packageUrl(packageUrl);
  }

  String summary() {
    return usable == 1 ? "one node has it" : usable + " nodes have it";
  }

  /** What to say when no node that answers has it. */
  Problem nothingLeft(@Nullable String maker) {
    if (copies.isEmpty()) {
      return new Problem(
          Reason.NO_COPY_LEFT,
          "no node has it any more: start the agent of node "
              + maker
              + " again, or create another BaseVM from the same source");
    }
    String nodes = copies.stream().map(NodeCopy::name).collect(Collectors.joining(", "));
    return new Problem(
        Reason.NODE_LOST, "no node that has it answers: start the agent again of one of: " + nodes);
  }
}
