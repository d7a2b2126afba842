/** What makes an API server a Cloudlet: definitions, roles, operator and agents. */
@NullMarked
package io.cloudlet.standalone.cluster;

import org.jspecify.annotations.NullMarked;
