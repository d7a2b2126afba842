/** What base VMs and overlays that are captured from a running VM need. */
@NullMarked
package io.cloudlet.operator.capture;

import org.jspecify.annotations.NullMarked;
