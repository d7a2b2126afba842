/** What this machine gives away over HTTP, to whom, and what it says about its own health there. */
@NullMarked
package io.cloudlet.sidecar.agent.http;

import org.jspecify.annotations.NullMarked;
