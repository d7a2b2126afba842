/** Which base VMs a node shall hold, and where it gets them. */
@NullMarked
package io.cloudlet.operator.node;

import org.jspecify.annotations.NullMarked;
