/**
 * TLS of the sockets that an app listens on: settings, the files they name, and contexts that follow the files while the app
 * runs. Start reading at {@link io.triport.identity.tls.TlsSettings}; {@link io.triport.identity.tls.ClientTls} is the other
 * side, of connections that an app makes.
 */
@NullMarked
package io.triport.identity.tls;

import org.jspecify.annotations.NullMarked;
