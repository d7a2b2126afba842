/** The story of Cloudlet through its resources, on one machine that plays two nodes. */
@NullMarked
package io.cloudlet.standalone.demo;

import org.jspecify.annotations.NullMarked;
