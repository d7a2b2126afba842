/** What this machine has and lacks. */
@NullMarked
package io.cloudlet.sidecar.cli.doctor;

import org.jspecify.annotations.NullMarked;
