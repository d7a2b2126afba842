/** The API: custom resources of the group cloudlet.io, version v1alpha1. */
@NullMarked
package io.cloudlet.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
