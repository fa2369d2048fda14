/**
 * Tells other systems over HTTP what happened: who wants to know what, what is still to be sent, and what came of it. Start reading
 * at {@link io.triport.manager.webhook.DeliveryPump}.
 */
@NullMarked
package io.triport.manager.webhook;

import org.jspecify.annotations.NullMarked;
