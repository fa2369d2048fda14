/** The gateway as a process, in front of an origin of our own. Start reading at {@code AuditCrashTest}. */
@NullMarked
package io.triport.e2e.gateway;

import org.jspecify.annotations.NullMarked;
