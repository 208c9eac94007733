FROM node:20-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && mkdir -p /var/lib/mingzhang && chown -R node:node /app /var/lib/mingzhang
USER node
EXPOSE 3000
CMD ["npm", "start"]
