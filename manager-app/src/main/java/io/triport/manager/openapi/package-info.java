/**
 * The description of the API for machines, made of the routes that are served. Start reading at {@link
 * io.triport.manager.openapi.OpenApiRoutes}.
 */
@NullMarked
package io.triport.manager.openapi;

import org.jspecify.annotations.NullMarked;
