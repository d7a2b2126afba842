/** What may go wrong, in words of the API: reason, message, and whether another try may help. */
@NullMarked
package io.cloudlet.sidecar.agent.problem;

import org.jspecify.annotations.NullMarked;
