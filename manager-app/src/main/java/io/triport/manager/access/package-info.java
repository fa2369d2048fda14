/**
 * Who may call: the gate, the roles and what they permit, requests that other sites cause, and signing in and out. Start reading
 * at {@link io.triport.manager.access.Doorkeeper}.
 */
@NullMarked
package io.triport.manager.access;

import org.jspecify.annotations.NullMarked;
