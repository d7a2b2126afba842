/** What lies in the volumes of pods on this node, as their kubelet has them on its disk. */
@NullMarked
package io.cloudlet.sidecar.kubelet;

import org.jspecify.annotations.NullMarked;
