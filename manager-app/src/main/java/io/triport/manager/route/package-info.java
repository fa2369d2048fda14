/**
 * How a request finds what answers it: patterns of paths, a table of all routes, and what a route is given. Start reading at
 * {@link io.triport.manager.route.Route}.
 */
@NullMarked
package io.triport.manager.route;

import org.jspecify.annotations.NullMarked;
