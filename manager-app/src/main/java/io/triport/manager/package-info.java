/**
 * The manager: the console, its API, and the REST API of Cloudflare's key-value store, over the namespaces of this product. Start
 * reading at {@code ManagerApp}; how the app is told what it does is in {@code ManagerConfig}.
 */
@NullMarked
package io.triport.manager;

import org.jspecify.annotations.NullMarked;
