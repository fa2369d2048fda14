/** Tests of paths, hosts and routes. */
@NullMarked
package io.triport.gateway.route;

import org.jspecify.annotations.NullMarked;
