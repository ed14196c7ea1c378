package dev.pushwire.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Refuses a path that Spring reads in another way than the rest of the service.
 *
 * <ul>
 *   <li>A path with parameters, such as {@code /topics/news;v=1}. Spring ignores them when it matches. So a publication to
 *       one topic would go to another.
 *   <li>A path such as {@code /api/topics/..}. To Tomcat and all filters it is {@code /api/}, and to Spring a topic. So the
 *       API would be on a port that is not its own, and its caller in no log.
 * </ul>
 */
final class PathParameters implements HandlerInterceptor, WebMvcConfigurer {
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/topics/**", "/api/**", "/tickets");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws NoResourceFoundException {
        if (request.getRequestURI().indexOf(';') >= 0) {
            throw Problems.pathParameters();
        }
        if (isRelative(request)) {
            throw new NoResourceFoundException(HttpMethod.valueOf(request.getMethod()), "", request.getRequestURI());
        }
        return true;
    }

    private static boolean isRelative(HttpServletRequest request) {
        return ServletRequestPathUtils.getParsedRequestPath(request).elements().stream()
                .anyMatch(element -> element instanceof PathContainer.PathSegment segment
                        && (segment.valueToMatch().equals(".")
                                || segment.valueToMatch().equals("..")));
    }
}
