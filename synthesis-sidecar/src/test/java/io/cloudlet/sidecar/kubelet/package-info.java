@NullMarked
package io.cloudlet.sidecar.kubelet;

import org.jspecify.annotations.NullMarked;
