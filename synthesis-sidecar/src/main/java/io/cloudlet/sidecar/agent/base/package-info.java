/** Makes the base VM of a BaseVM. */
@NullMarked
package io.cloudlet.sidecar.agent.base;

import org.jspecify.annotations.NullMarked;
