package dev.pushwire.tomcat;

import jakarta.servlet.http.WebConnection;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * The class that the servlet API wants for an upgrade, made by its name without arguments. It only tells the container
 * to leave all further I/O alone. {@link HijackableEndpoint} takes the socket.
 */
public final class UpgradeHandler implements InternalHttpUpgradeHandler {
    @Override
    public boolean hasAsyncIO() {
        return true;
    }

    @Override
    public void init(WebConnection connection) {}

    @Override
    public void destroy() {}

    /** Never called, since the socket is on its event loop before anything more can happen to it. */
    @Override
    public SocketState upgradeDispatch(SocketEvent status) {
        return SocketState.CLOSED;
    }

    @Override
    public void timeoutAsync(long now) {}

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {}

    @Override
    public void setSslSupport(SSLSupport sslSupport) {}

    @Override
    public void pause() {}
}
