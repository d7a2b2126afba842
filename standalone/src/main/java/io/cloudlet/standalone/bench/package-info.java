/** How much the control plane bears, on an API server of its own. */
@NullMarked
package io.cloudlet.standalone.bench;

import org.jspecify.annotations.NullMarked;
