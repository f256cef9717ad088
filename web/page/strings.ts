import { defineStrings } from '../i18n/strings.ts';

/** Words of what is around every page: top bar, banner, errors. */
export const strings = defineStrings({
  en: {
    skip: 'Skip to content',
    loading: 'Loading…',
    nav: { label: 'Where you are', home: 'Home', lessons: 'Lessons', playground: 'Playground', notFound: 'Not found' },
    status: {
      connecting: 'connecting',
      connectingMeaning: 'Asking the Porthole server for what it has recorded.',
      live: 'live',
      liveMeaning: 'What happens on the demos’ sockets appears here at once.',
      lost: 'no connection',
      lostMeaning: 'The Porthole server is not reached. It is tried again by itself.',
      outdated: 'reload needed',
      outdatedMeaning: 'The server is a newer Porthole than this tab.',
    },
    banner: {
      lost: 'The connection to the Porthole server is lost. What you see stays; nothing new arrives.',
      hint: 'If it does not come back: is the server still running where you started it?',
      retryIn: 'Next try in {{seconds}} s',
      retrying: 'Trying…',
      retry: 'Retry now',
      outdated: 'The server has been updated. Reload this tab to go on; your progress is kept.',
      malformed: 'The server sent something that this tab does not understand. Reloading usually helps.',
      reload: 'Reload',
    },
    language: { label: 'Language', switch: 'Switch to Chinese · 切换到中文' },
    theme: { label: 'Theme', system: 'As the system', dark: 'Dark', light: 'Light' },
    notFound: {
      title: 'Nothing listens here',
      body: 'There is no page at {{path}}. A closed port would answer with a RST; this one answers with a way home.',
      home: 'Go home',
    },
    failed: {
      title: 'This part of the page did not work',
      chunk:
        'A file of the page could not be loaded. The server may have stopped or been updated: start it again, then reload.',
      body: 'Something in this part of the page failed. Reloading starts it afresh; your progress is kept.',
      reload: 'Reload',
    },
  },
  'zh-CN': {
    skip: '跳到正文',
    loading: '加载中…',
    nav: { label: '当前位置', home: '首页', lessons: '课程', playground: '实验场', notFound: '未找到' },
    status: {
      connecting: '连接中',
      connectingMeaning: '正在向 Porthole 服务器获取已有的记录。',
      live: '实时',
      liveMeaning: '演示服务的套接字上发生的一切会立刻出现在这里。',
      lost: '连接已断开',
      lostMeaning: '连不上 Porthole 服务器，会自动重试。',
      outdated: '需要刷新',
      outdatedMeaning: '服务器上的 Porthole 比这个标签页新。',
    },
    banner: {
      lost: '与 Porthole 服务器的连接断开了。已有内容保留，暂时收不到新内容。',
      hint: '如果一直没有恢复，请检查服务器是否还在运行。',
      retryIn: '{{seconds}} 秒后重试',
      retrying: '正在重试…',
      retry: '立即重试',
      outdated: '服务器已更新，请刷新此标签页继续；学习进度不会丢。',
      malformed: '服务器发来了这个标签页看不懂的内容，刷新通常可以解决。',
      reload: '刷新',
    },
    language: { label: '语言', switch: '切换到英文 · Switch to English' },
    theme: { label: '主题', system: '跟随系统', dark: '深色', light: '浅色' },
    notFound: {
      title: '这里没有服务在监听',
      body: '{{path}} 没有对应的页面。关闭的端口会回一个 RST，这里则给你指一条回家的路。',
      home: '返回首页',
    },
    failed: {
      title: '页面的这一部分出错了',
      chunk: '页面的某个文件加载失败。服务器可能已停止或已更新：请重新启动它，然后刷新。',
      body: '页面的这一部分出错了。刷新即可重新开始，学习进度不会丢。',
      reload: '刷新',
    },
  },
});
