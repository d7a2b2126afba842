/** Work that takes long: on threads of its own, one at a time where it has to be, cancellable. */
@NullMarked
package io.cloudlet.sidecar.agent.job;

import org.jspecify.annotations.NullMarked;
