/**
 * The edge of an app whose bodies stream: each request on a virtual thread of its own after its head, its body and its answer under
 * back-pressure, behind the guards that all apps share. Start reading at {@link io.triport.identity.stream.StreamApp}; how bytes
 * get from the event loop to the thread and back is in {@code StreamedBody} and {@code ReplyFlow}, and how a connection becomes a
 * WebSocket in {@link io.triport.identity.stream.SocketTalk}, one of a durable object in {@link
 * io.triport.identity.stream.ObjectTalk}.
 */
@NullMarked
package io.triport.identity.stream;

import org.jspecify.annotations.NullMarked;
