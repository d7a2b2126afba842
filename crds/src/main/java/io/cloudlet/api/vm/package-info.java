/** What operator and agents have to know alike of a VM in a pod, because both count on it. */
@NullMarked
package io.cloudlet.api.vm;

import org.jspecify.annotations.NullMarked;
