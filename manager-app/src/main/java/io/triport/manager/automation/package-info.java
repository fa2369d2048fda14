/**
 * Work that the manager does by itself beside answering: sending webhooks, watching rules, writing down counts. Start reading at
 * {@link io.triport.manager.automation.Pulses}.
 */
@NullMarked
package io.triport.manager.automation;

import org.jspecify.annotations.NullMarked;
