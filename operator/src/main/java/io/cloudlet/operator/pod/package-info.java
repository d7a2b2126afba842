/** The pod around a VM: what it is to be, making it, and what has become of it. */
@NullMarked
package io.cloudlet.operator.pod;

import org.jspecify.annotations.NullMarked;
