/**
 * WebSockets of apps that otherwise answer requests one by one: a path, who may come, and what is said. Start reading at {@link
 * io.triport.identity.socket.OnSocket}.
 */
@NullMarked
package io.triport.identity.socket;

import org.jspecify.annotations.NullMarked;
