/**
 * TLS of the sockets that an app listens on: settings, the files they name, and contexts that follow the files while the app
 * runs. Start reading at {@link io.triport.identity.tls.TlsSettings}.
 */
@NullMarked
package io.triport.identity.tls;

import org.jspecify.annotations.NullMarked;
