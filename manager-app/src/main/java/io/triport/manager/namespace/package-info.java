/**
 * The routes of namespaces. Start reading at {@link io.triport.manager.namespace.NamespaceRoutes}.
 */
@NullMarked
package io.triport.manager.namespace;

import org.jspecify.annotations.NullMarked;
